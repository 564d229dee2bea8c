"""A reference run directory of CLIP ViT-B/32 size with random weights: what peers and Modscope open in the same comparison.

usage: clip_run.py FOLDER    writes one (needs torch, transformers and safetensors)
"""

import gzip
import json
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
LABELS = ["racist", "sexist", "homophobe", "religion", "otherhate"]
FUSION_DIM = 512
FEATURE_DIM = 512  # CLIP ViT-B/32 projection_dim
PREPROCESSOR = {
    "do_resize": True, "size": {"shortest_edge": 224}, "resample": 3,
    "do_center_crop": True, "crop_size": {"height": 224, "width": 224},
    "do_rescale": True, "rescale_factor": 1 / 255, "do_convert_rgb": True,
    "do_normalize": True, "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
    "image_processor_type": "CLIPImageProcessor",
}


def write_tokenizer(folder: pathlib.Path) -> None:
    """vocab.json and merges.txt from OpenAI's merge list, as CLIP's vocabulary is defined."""
    lines = gzip.open(DATA / "clip-vocab" / "bpe_simple_vocab_16e6.txt.gz", "rt", encoding="utf-8").read().split("\n")
    merges = lines[1 : 49152 - 256 - 2 + 1]
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [b for b in range(256) if b not in visible]
    symbols = [chr(b) for b in visible] + [chr(256 + i) for i in range(len(hidden))]
    vocabulary = symbols + [s + "</w>" for s in symbols] + [m.replace(" ", "") for m in merges]
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(vocabulary)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")


def head_tensors(scale: float) -> dict:
    """The fusion head: linear weights normal with deviation `scale`, LayerNorms as they start."""
    import torch

    linear = {"proj_t": (FUSION_DIM, FEATURE_DIM), "proj_i": (FUSION_DIM, FEATURE_DIM), "g_t": (FUSION_DIM, FUSION_DIM),
              "g_i": (FUSION_DIM, FUSION_DIM), "gate": (FUSION_DIM, 2 * FUSION_DIM + 2), "cls.1": (FUSION_DIM, 5 * FUSION_DIM),
              "cls.4": (len(LABELS), FUSION_DIM)}
    tensors = {}
    for name, shape in linear.items():
        tensors[name + ".weight"] = torch.randn(shape) * scale
        tensors[name + ".bias"] = torch.zeros(shape[0])
    for name, width in {"cls.0": 5 * FUSION_DIM, "ln_fused": FUSION_DIM}.items():
        tensors[name + ".weight"] = torch.ones(width)
        tensors[name + ".bias"] = torch.zeros(width)
    return tensors


def make_model():
    """A randomly initialised CLIPModel (the same one every time), ViT-B/32."""
    import torch
    from transformers import CLIPConfig, CLIPModel

    torch.manual_seed(1)
    config = CLIPConfig(text_config={"eos_token_id": 49407, "bos_token_id": 49406})
    return CLIPModel(config).eval().requires_grad_(False)


def checkpoint_tensors(model, head_scale: float) -> dict:
    """All tensors of a fusion checkpoint under the reference's names."""
    tensors = {"backbone." + k: v.contiguous() for k, v in model.state_dict().items() if "position_ids" not in k}
    return tensors | head_tensors(head_scale)


def write_run(folder: pathlib.Path) -> None:
    """The whole run: inference_config.json, label_map.json, checkpoint-1/model.safetensors (float32, 605 MB), encoder/."""
    from safetensors.torch import save_file

    model = make_model()
    encoder = folder / "encoder"
    encoder.mkdir(parents=True)
    (folder / "checkpoint-1").mkdir()
    save_file(checkpoint_tensors(model, 0.1), str(folder / "checkpoint-1" / "model.safetensors"), {"format": "pt"})
    model.config.save_pretrained(encoder)
    write_tokenizer(encoder)
    (encoder / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR))
    (folder / "label_map.json").write_text(json.dumps({str(i): label for i, label in enumerate(LABELS)}))
    (folder / "inference_config.json").write_text(json.dumps({
        "encoder_name": "encoder", "backend": "clip", "fusion_dim": FUSION_DIM, "thresholds": [0.5] * len(LABELS),
        "class_names": LABELS, "best_checkpoint_dir": "checkpoint-1", "use_logit_adjustment": False}))


if __name__ == "__main__":
    write_run(pathlib.Path(sys.argv[1]))
