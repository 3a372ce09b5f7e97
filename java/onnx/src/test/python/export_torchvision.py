"""Exports torchvision's networks with random weights, by both of PyTorch's exporters.

    pip install torch torchvision onnxscript onnx
    python export_torchvision.py FOLDER [NAME...]
"""

import pathlib
import sys

import torch
import torchvision

NETWORKS = {
    "resnet18": 224,
    "mobilenet_v2": 224,
    "mobilenet_v3_small": 224,
    "densenet121": 224,
    "efficientnet_b0": 224,
    "convnext_tiny": 224,
    "shufflenet_v2_x1_0": 224,
    "squeezenet1_1": 224,
    "regnet_y_400mf": 224,
    "mnasnet0_5": 224,
    "inception_v3": 299,
    "vit_b_16": 224,
    "swin_t": 224,
    "segmentation.fcn_resnet50": 128,
    "segmentation.deeplabv3_resnet50": 128,
    "segmentation.lraspp_mobilenet_v3_large": 128,
}


class Out(torch.nn.Module):
    """Returns the tensor of what segmentation networks return in a dictionary."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return self.network(x)["out"]


def network(name):
    made = torchvision.models
    arguments = {"weights": None}
    for part in name.split("."):
        made = getattr(made, part)
    if name.startswith("segmentation."):
        arguments["weights_backbone"] = None
    if name == "inception_v3":
        arguments["init_weights"] = False
    torch.manual_seed(1)
    result = made(**arguments).eval()
    for module in result.modules():
        # Statistics of their own, so that a normalization that is left out is noticed.
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.uniform_(-0.1, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    return Out(result).eval() if name.startswith("segmentation.") else result


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for name in sys.argv[2:] or NETWORKS:
        size = NETWORKS[name]
        example = torch.rand(1, 3, size, size)
        for exporter in ["script", "dynamo"]:
            path = folder / f"{name.split('.')[-1]}-{exporter}.onnx"
            try:
                torch.onnx.export(
                    network(name),
                    (example,),
                    str(path),
                    input_names=["input"],
                    output_names=["output"],
                    dynamo=exporter == "dynamo",
                    dynamic_axes={"input": {0: "batch"}} if exporter == "script" else None,
                )
            except Exception as failure:
                print(path.name, "cannot be exported:", str(failure)[:200])


main()
