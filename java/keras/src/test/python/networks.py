"""Small members of the architectures that are not in keras.applications."""

from drawing import keras

from sample import Sample

layers = keras.layers


def networks():
    return [
        Sample(
            "unet",
            unet,
            ["dynamic shape", "Conv2DTranspose", "Concatenate", "Dropout", "sigmoid output"],
            shapes=[[(24, 32, 3)], [(16, 16, 3)], [(40, 8, 3)]],
        ),
        Sample(
            "dcgan_generator",
            dcgan_generator,
            [
                "Dense",
                "Reshape",
                "Conv2DTranspose",
                "LeakyReLU",
                "BatchNormalization",
                "tanh output",
            ],
        ),
        Sample(
            "tcn",
            tcn,
            [
                "Conv1D causal",
                "dilation",
                "residual Add",
                "SpatialDropout1D",
                "dynamic length",
                "GetItem",
            ],
            shapes=[[(48, 5)], [(7, 5)]],
        ),
        Sample(
            "wavenet",
            wavenet,
            ["Conv1D causal", "tanh times sigmoid", "skip connections", "dilation"],
        ),
        Sample(
            "ds_cnn",
            ds_cnn,
            [
                "DepthwiseConv2D",
                "AveragePooling2D",
                "BatchNormalization",
                "softmax output",
                "Sequential",
            ],
            formats=("keras", "h5", "weights"),
        ),
        Sample(
            "autoencoder", autoencoder, ["UpSampling2D nearest and bilinear", "MaxPooling2D same"]
        ),
        Sample(
            "conv3d_net",
            conv3d_net,
            ["Conv3D", "MaxPooling3D", "UpSampling3D", "Conv3DTranspose", "several outputs"],
            wide=False,
        ),
    ]


def unet():
    def double(x, filters, name):
        for number in (1, 2):
            x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_{number}")(
                x
            )
            x = layers.BatchNormalization(name=f"{name}_{number}_bn")(x)
            x = layers.Activation("relu", name=f"{name}_{number}_relu")(x)
        return x

    inputs = keras.Input((None, None, 3), name="image")
    x, skips = inputs, []
    for level, filters in enumerate((6, 10, 16)):
        x = double(x, filters, f"down{level}")
        skips.append(x)
        x = layers.MaxPooling2D(2, name=f"pool{level}")(x)
    x = layers.Dropout(0.3)(double(x, 20, "bottom"))
    for level, filters in reversed(list(enumerate((6, 10, 16)))):
        x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same", name=f"up{level}")(x)
        x = layers.Concatenate(name=f"join{level}")([skips[level], x])
        x = double(x, filters, f"merge{level}")
    return keras.Model(
        inputs, layers.Conv2D(2, 1, activation="sigmoid", name="mask")(x), name="unet"
    )


def dcgan_generator():
    model = keras.Sequential(name="generator")
    model.add(keras.Input((12,), name="noise"))
    model.add(layers.Dense(4 * 4 * 20, use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Reshape((4, 4, 20)))
    for filters in (14, 9):
        model.add(layers.Conv2DTranspose(filters, 5, strides=2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Conv2DTranspose(3, 4, strides=2, padding="same", activation="tanh"))
    return model


def tcn():
    inputs = keras.Input((None, 5), name="series")
    x = inputs
    for level in range(4):
        y = x
        for number in (1, 2):
            y = layers.Conv1D(
                9, 3, padding="causal", dilation_rate=2**level, name=f"level{level}_{number}"
            )(y)
            y = layers.BatchNormalization()(y)
            y = layers.Activation("relu")(y)
            y = layers.SpatialDropout1D(0.1)(y)
        if level == 0:
            x = layers.Conv1D(9, 1, name="match")(x)
        x = layers.Activation("relu")(layers.add([x, y]))
    return keras.Model(inputs, layers.Dense(3, name="last")(x[:, -1, :]), name="tcn")


def wavenet():
    inputs = keras.Input((40, 1), name="wave")
    x, skips = layers.Conv1D(8, 2, padding="causal", name="lift")(inputs), []
    for level in range(5):
        steps = {"padding": "causal", "dilation_rate": 2**level}
        content = layers.Conv1D(8, 2, activation="tanh", name=f"content{level}", **steps)(x)
        gate = layers.Conv1D(8, 2, activation="sigmoid", name=f"gate{level}", **steps)(x)
        gated = layers.Multiply(name=f"gated{level}")([content, gate])
        skips.append(layers.Conv1D(10, 1, name=f"skip{level}")(gated))
        x = layers.Add(name=f"residual{level}")([layers.Conv1D(8, 1, name=f"out{level}")(gated), x])
    x = layers.ReLU()(layers.Add(name="skips")(skips))
    x = layers.Conv1D(12, 1, activation="relu")(x)
    return keras.Model(inputs, layers.Conv1D(16, 1, activation="softmax")(x), name="wavenet")


def ds_cnn():
    """Keyword spotting on 49 frames of 10 coefficients, as in "Hello Edge", with fewer filters."""
    stack = [
        keras.Input((49, 10, 1), name="mfcc"),
        layers.Conv2D(12, (10, 4), strides=2, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
    ]
    for _ in range(4):
        stack += [
            layers.DepthwiseConv2D(3, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(12, 1, use_bias=False),
            layers.BatchNormalization(scale=False),
            layers.ReLU(),
        ]
    stack += [
        layers.Dropout(0.4),
        layers.AveragePooling2D((25, 5)),
        layers.Flatten(),
        layers.Dense(12, activation="softmax"),
    ]
    return keras.Sequential(stack, name="ds_cnn")


def autoencoder():
    return keras.Sequential(
        [
            keras.Input((15, 22, 1)),
            layers.Conv2D(8, 3, padding="same", activation="elu"),
            layers.MaxPooling2D(2, padding="same"),
            layers.Conv2D(6, 3, padding="same", activation="elu"),
            layers.MaxPooling2D(2, padding="same", name="code"),
            layers.Conv2D(6, 3, padding="same", activation="elu"),
            layers.UpSampling2D(2),
            layers.Conv2D(8, 3, activation="elu"),
            layers.UpSampling2D((2, 3), interpolation="bilinear"),
            layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
        ],
        name="autoencoder",
    )


def conv3d_net():
    inputs = keras.Input((6, 8, 7, 2), name="volume")
    x = layers.Conv3D(6, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    skip = layers.Activation("relu")(x)
    x = layers.MaxPooling3D((2, 2, 1))(skip)
    x = layers.Conv3D(8, (3, 3, 2), padding="same", activation="relu")(x)
    up = layers.UpSampling3D((2, 2, 1))(x)
    x = layers.Conv3DTranspose(6, (2, 2, 1), strides=(2, 2, 1))(x)
    x = layers.Concatenate()([skip, up, x])
    x = layers.ZeroPadding3D(((1, 0), 1, (0, 2)))(x)
    x = layers.Cropping3D((1, (0, 1), 1))(x)
    maps = layers.Conv3D(2, 1, name="maps")(x)
    mean = layers.GlobalAveragePooling3D()(x)
    return keras.Model(inputs, [maps, layers.Dense(3, name="scores")(mean)], name="conv3d_net")
