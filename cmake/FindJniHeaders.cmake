# The headers of JNI only: unlike CMake's FindJNI, no JVM or AWT library is asked for.
# Looks in JAVA_HOME, the variable or the environment. Target: JniHeaders::JniHeaders.
find_path(JniHeaders_INCLUDE_DIR jni.h HINTS ${JAVA_HOME} ENV JAVA_HOME PATH_SUFFIXES include)
find_path(JniHeaders_PLATFORM_INCLUDE_DIR jni_md.h
  HINTS ${JniHeaders_INCLUDE_DIR} PATH_SUFFIXES linux darwin win32)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(JniHeaders
  REQUIRED_VARS JniHeaders_INCLUDE_DIR JniHeaders_PLATFORM_INCLUDE_DIR)
if(JniHeaders_FOUND AND NOT TARGET JniHeaders::JniHeaders)
  add_library(JniHeaders::JniHeaders INTERFACE IMPORTED)
  target_include_directories(JniHeaders::JniHeaders INTERFACE
    ${JniHeaders_INCLUDE_DIR} ${JniHeaders_PLATFORM_INCLUDE_DIR})
endif()
