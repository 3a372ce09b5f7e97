// Networks on frames for NativeFrames.java, which has checked every size. Addresses are jlongs.

#include <jni.h>

#include "kernel_set.hpp"

namespace {

template <class T>
T* at(jlong address) {
  return reinterpret_cast<T*>(address);
}

}  // namespace

extern "C" JNIEXPORT void JNICALL Java_org_conv4j_onednn_binding_NativeFrames_run(
    JNIEnv*, jclass, jlong code, jlong weights, jint streams, jint frames, jlong states,
    jlong positions, jlong input, jlong output, jlong scratch, jlong gathered) {
  conv4j::kernels().run_frames({{at<const std::int32_t>(code), at<const float>(weights)},
                                streams,
                                frames,
                                at<float* const>(states),
                                at<const std::int32_t>(positions),
                                at<const float>(input),
                                at<float>(output),
                                at<float>(scratch),
                                at<float>(gathered)});
}
