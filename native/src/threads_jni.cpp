// The number of OpenMP threads of the calling thread. oneDNN asks the same OpenMP runtime: the
// dynamic linker gives both libraries the libgomp that was loaded first under that name.

#include <jni.h>
#include <omp.h>

#include "team.hpp"

namespace {

jint exchange(jint threads) {
  const jint previous = omp_get_max_threads();
  omp_set_num_threads(threads);
  return previous;
}

}  // namespace

extern "C" {

JNIEXPORT jint JNICALL Java_org_conv4j_onednn_binding_NativeThreads_get(JNIEnv*, jclass) {
  return omp_get_max_threads();
}

JNIEXPORT jint JNICALL Java_org_conv4j_onednn_binding_NativeThreads_exchange(JNIEnv*, jclass,
                                                                     jint threads) {
  return exchange(threads);
}

JNIEXPORT jint JNICALL Java_org_conv4j_onednn_binding_NativeThreads_begin(JNIEnv*, jclass, jint threads) {
  conv4j::begin_team(threads);
  return exchange(threads);
}

JNIEXPORT void JNICALL Java_org_conv4j_onednn_binding_NativeThreads_end(JNIEnv*, jclass, jint previous) {
  conv4j::end_team(exchange(previous));
}

}
