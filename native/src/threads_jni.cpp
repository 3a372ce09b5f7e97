// The threads of a run, for NativeThreads.java.

#include <jni.h>

#include "openmp.hpp"
#include "workers.hpp"

namespace {

// Two numbers in one, so that a run is begun without an object.
jlong packed(conv4j::Threads threads) { return jlong(threads.limit) << 32 | threads.pieces; }
conv4j::Threads unpacked(jlong threads) { return {int(threads >> 32), int(threads & 0x7fffffff)}; }

}  // namespace

extern "C" {

JNIEXPORT void JNICALL JNI_OnUnload(JavaVM*, void*) {
  conv4j::restore_openmp();
  conv4j::dismiss_helpers();
}

JNIEXPORT jstring JNICALL Java_org_conv4j_onednn_binding_NativeThreads_start(JNIEnv* env, jclass,
                                                                             jlong address,
                                                                             jint processors) {
  conv4j::set_processors(processors);
  const char* const failure = conv4j::lead_openmp(reinterpret_cast<const void*>(address));
  return failure == nullptr ? nullptr : env->NewStringUTF(failure);
}

JNIEXPORT jlong JNICALL Java_org_conv4j_onednn_binding_NativeThreads_exchange(JNIEnv*, jclass,
                                                                              jlong threads) {
  return packed(conv4j::exchange_threads(unpacked(threads)));
}

JNIEXPORT void JNICALL Java_org_conv4j_onednn_binding_NativeThreads_dismiss(JNIEnv*, jclass) {
  conv4j::dismiss_helpers();
}

JNIEXPORT jint JNICALL Java_org_conv4j_onednn_binding_NativeThreads_helpers(JNIEnv*, jclass) {
  return conv4j::helpers();
}

}
