// The kernels for NativeKernel.java, which has checked every size. Addresses are jlongs.

#include <jni.h>

#include "kernel_set.hpp"

namespace {

const conv4j::Kernel& kernel(jint kind, jint type) { return *conv4j::kernels().kernels[type][kind]; }

template <class T>
T* at(jlong address) {
  return reinterpret_cast<T*>(address);
}

}  // namespace

#define CONV4J_JNI(type, name) \
  extern "C" JNIEXPORT type JNICALL Java_org_conv4j_onednn_binding_NativeKernel_##name

CONV4J_JNI(jstring, instructions)(JNIEnv* env, jclass) {
  return env->NewStringUTF(conv4j::kernels().name);
}

CONV4J_JNI(void, limit)(JNIEnv*, jclass, jint vector_bytes) {
  conv4j::limit_kernels(vector_bytes);
}

// The kernels' names, in the order of their numbers.
CONV4J_JNI(jobjectArray, names)(JNIEnv* env, jclass) {
  const jclass type = env->FindClass("java/lang/String");
  jobjectArray names = env->NewObjectArray(conv4j::kind::count, type, nullptr);
  for (int kind = 0; names != nullptr && kind < conv4j::kind::count; kind++) {
    env->SetObjectArrayElement(names, kind, env->NewStringUTF(conv4j::kernel_name(kind)));
  }
  return names;
}

CONV4J_JNI(jint, vectorBytes)(JNIEnv*, jclass) { return conv4j::kernels().vector_bytes; }

CONV4J_JNI(jboolean, supports)(JNIEnv*, jclass, jint kind, jint type, jlong problem) {
  const conv4j::Kernel* const kernel = conv4j::kernels().kernels[type][kind];
  return kernel != nullptr && kernel->supports(*at<const conv4j::Problem>(problem));
}

CONV4J_JNI(void, plan)(JNIEnv*, jclass, jint kind, jint type, jlong problem) {
  kernel(kind, type).plan(*at<conv4j::Problem>(problem));
}

CONV4J_JNI(jdouble, gain)(JNIEnv*, jclass, jint kind, jint type, jlong problem) {
  return kernel(kind, type).gain(*at<const conv4j::Problem>(problem));
}

CONV4J_JNI(jlong, packedBytes)(JNIEnv*, jclass, jint kind, jint type, jlong problem) {
  return kernel(kind, type).packed_bytes(*at<const conv4j::Problem>(problem));
}

CONV4J_JNI(jlong, scratchBytes)(JNIEnv*, jclass, jint kind, jint type, jlong problem) {
  return kernel(kind, type).scratch_bytes(*at<const conv4j::Problem>(problem));
}

CONV4J_JNI(void, pack)
(JNIEnv*, jclass, jint kind, jint type, jlong problem, jlong weights, jlong bias,
 jlong packed) {
  kernel(kind, type).pack(*at<const conv4j::Problem>(problem), at<const void>(weights),
                          at<const void>(bias), at<void>(packed));
}

CONV4J_JNI(void, run)
(JNIEnv*, jclass, jint kind, jint type, jlong problem, jlong input, jlong residual,
 jlong packed, jlong output, jlong scratch) {
  kernel(kind, type).run(*at<const conv4j::Problem>(problem), at<const void>(input),
                         at<const void>(residual), at<const void>(packed), at<void>(output),
                         at<void>(scratch));
}
