#!/usr/bin/env python3
"""One prediction with a fusion checkpoint the way the Python reference makes it: the peer of `modscope-cli predict`.

usage: reference_predict.py RUN PICTURE TEXT    prints {label: probability}

Builds CLIPModel from its config, puts the fusion head on top, loads the whole checkpoint into both, tokenises, decodes with
Pillow, and scores one pair in float32. Needs torch, transformers, safetensors and Pillow (tests/peers/start_peers.py has them).
"""

import json
import pathlib
import sys

import torch
from PIL import Image
from safetensors.torch import load_file
from torch import nn
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPTokenizer


class FusionClassifier(nn.Module):
    """CLIP features of both sides, projected, gated by presence, fused, and classified."""

    def __init__(self, config: CLIPConfig, fusion_dim: int, labels: int):
        super().__init__()
        self.backbone = CLIPModel(config)
        features = config.projection_dim
        self.proj_t = nn.Linear(features, fusion_dim)
        self.proj_i = nn.Linear(features, fusion_dim)
        self.g_t = nn.Linear(fusion_dim, fusion_dim)
        self.g_i = nn.Linear(fusion_dim, fusion_dim)
        self.gate = nn.Linear(2 * fusion_dim + 2, fusion_dim)
        self.ln_fused = nn.LayerNorm(fusion_dim)
        self.cls = nn.Sequential(nn.LayerNorm(5 * fusion_dim), nn.Linear(5 * fusion_dim, fusion_dim), nn.GELU(), nn.Dropout(0.1),
                                 nn.Linear(fusion_dim, labels))

    def forward(self, ids, mask, pixels):
        """Logits [B, C] of pairs that have both a text and a picture."""
        present = torch.ones(len(ids), 1)
        text = feature(self.backbone.get_text_features(input_ids=ids, attention_mask=mask))
        image = feature(self.backbone.get_image_features(pixel_values=pixels))
        a = self.proj_t(nn.functional.normalize(text, dim=-1))
        b = self.proj_i(nn.functional.normalize(image, dim=-1))
        gate = torch.sigmoid(self.gate(torch.cat([a, b, present, present], -1)))
        fused = self.ln_fused(gate * torch.tanh(self.g_t(a)) + (1 - gate) * torch.tanh(self.g_i(b)))
        return self.cls(torch.cat([fused, a, b, (a - b).abs(), a * b], -1))


def feature(output):
    """transformers 5 returns an object where 4 returned the tensor."""
    return output if hasattr(output, "shape") else output.pooler_output


def main() -> None:
    run, picture, text = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    torch.set_num_threads(2)
    settings = json.loads((run / "inference_config.json").read_text())
    encoder = run / "encoder"
    model = FusionClassifier(CLIPConfig.from_pretrained(encoder), settings["fusion_dim"], len(settings["class_names"]))
    model.load_state_dict(load_file(run / settings["best_checkpoint_dir"] / "model.safetensors"))
    model.eval()
    tokens = CLIPTokenizer.from_pretrained(encoder)(text, truncation=True, max_length=77, padding="max_length", return_tensors="pt")
    pixels = CLIPImageProcessor.from_pretrained(encoder)(Image.open(picture).convert("RGB"), return_tensors="pt")["pixel_values"]
    with torch.inference_mode():
        logits = model(tokens["input_ids"], tokens["attention_mask"], pixels)[0]
    print(json.dumps(dict(zip(settings["class_names"], logits.sigmoid().tolist()))))


if __name__ == "__main__":
    main()
