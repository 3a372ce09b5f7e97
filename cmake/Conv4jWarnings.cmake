# Warnings are errors for all of our targets.
add_library(conv4j_warnings INTERFACE)
target_compile_options(conv4j_warnings INTERFACE -Wall -Wextra -Wpedantic -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Vectors are passed between inlined functions of one translation unit only.
  target_compile_options(conv4j_warnings INTERFACE -Wno-psabi)
endif()
