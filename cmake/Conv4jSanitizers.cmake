# CONV4J_SANITIZE is a comma-separated list for -fsanitize, for example "address,undefined".
set(CONV4J_SANITIZE "" CACHE STRING "Sanitizers to build with")
add_library(conv4j_sanitizers INTERFACE)
if(CONV4J_SANITIZE)
  set(flags -fsanitize=${CONV4J_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(conv4j_sanitizers INTERFACE ${flags})
  target_link_options(conv4j_sanitizers INTERFACE ${flags})
endif()
