# oneDNN as the JavaCPP presets ship it, so that C++ programs measure the very library that Java
# runs. Set DNNL_JAR to the platform jar (dnnl-VERSION-linux-x86_64.jar); by default the newest in
# the local Maven repository is taken. The jar is unpacked into the build directory.
# Target: OneDnnFromJavaCpp::dnnl.
file(GLOB candidates
  "$ENV{HOME}/.m2/repository/org/bytedeco/dnnl/*/dnnl-*-${CONV4J_PLATFORM}.jar")
list(SORT candidates COMPARE NATURAL ORDER DESCENDING)
list(APPEND candidates "")
list(GET candidates 0 newest)
set(DNNL_JAR "${newest}" CACHE FILEPATH "The JavaCPP platform jar of oneDNN")

set(unpacked "${CMAKE_BINARY_DIR}/dnnl-jar")
set(package "${unpacked}/org/bytedeco/dnnl/${CONV4J_PLATFORM}")
if(EXISTS "${DNNL_JAR}" AND NOT EXISTS "${package}")
  file(ARCHIVE_EXTRACT INPUT "${DNNL_JAR}" DESTINATION "${unpacked}")
endif()
find_path(OneDnnFromJavaCpp_INCLUDE_DIR oneapi/dnnl/dnnl.h
  PATHS "${package}/include" NO_DEFAULT_PATH)
file(GLOB OneDnnFromJavaCpp_LIBRARY "${package}/libdnnl.so.[0-9]*" "${package}/libdnnl.dylib")

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OneDnnFromJavaCpp
  REQUIRED_VARS OneDnnFromJavaCpp_LIBRARY OneDnnFromJavaCpp_INCLUDE_DIR)
if(OneDnnFromJavaCpp_FOUND AND NOT TARGET OneDnnFromJavaCpp::dnnl)
  add_library(OneDnnFromJavaCpp::dnnl SHARED IMPORTED)
  set_target_properties(OneDnnFromJavaCpp::dnnl PROPERTIES
    IMPORTED_LOCATION "${OneDnnFromJavaCpp_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${OneDnnFromJavaCpp_INCLUDE_DIR}")
endif()
