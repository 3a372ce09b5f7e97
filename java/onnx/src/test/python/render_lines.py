"""Renders the lines of text that OcrTest reads.

    pip install pillow
    python render_lines.py src/test/resources/org/conv4j/onnx/ocr/lines.png
"""

import sys

from PIL import Image, ImageDraw, ImageFont

LINES = ["Hello conv4j 2026", "Convolution networks", "Total: 42.50 EUR"]

image = Image.new("L", (480, 256), 245)
draw = ImageDraw.Draw(image)
font = ImageFont.load_default(32)
for i, line in enumerate(LINES):
    draw.text((40, 25 + i * 75), line, fill=20, font=font)
image.quantize(16).convert("L").save(sys.argv[1], optimize=True)
