"""What transformers does, for GpuBenchmark.cs to be compared with. Needs PyTorch, transformers and safetensors.

    compare.py checkpoint FOLDER        writes a random Qwen2.5-shaped checkpoint, the tokens asked, and the logits that transformers gives in fp32
    compare.py speed SHAPE generated    tokens a second that generate() writes, at Qwen2.5-0.5B or Qwen2.5-1.5B
    compare.py speed SHAPE trained      tokens a second that an optimizer step trains on
"""

import os
import sys
import time

import torch
from safetensors.torch import save_file
from transformers import Qwen2Config, Qwen2ForCausalLM

SHAPES = {
    "Qwen2.5-0.5B": dict(hidden_size=896, num_hidden_layers=24, num_attention_heads=14, num_key_value_heads=2, intermediate_size=4864),
    "Qwen2.5-1.5B": dict(hidden_size=1536, num_hidden_layers=28, num_attention_heads=12, num_key_value_heads=2, intermediate_size=8960),
}


def config(shape):
    return Qwen2Config(vocab_size=151936, max_position_embeddings=4096, rope_theta=1e6, rms_norm_eps=1e-6, tie_word_embeddings=True,
                       use_sliding_window=False, eos_token_id=None, pad_token_id=0, **shape)


def checkpoint(folder):
    torch.manual_seed(1)
    model = Qwen2ForCausalLM(config(SHAPES["Qwen2.5-0.5B"])).cuda().float().eval()
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(parameter, std=0.1)
    model.save_pretrained(folder)
    tokens = torch.randint(0, 151936, (1, 200))
    with torch.no_grad():
        logits = model(tokens.cuda()).logits[0].float().cpu()
    save_file({"logits": logits.contiguous()}, os.path.join(folder, "reference.safetensors"))
    with open(os.path.join(folder, "tokens.txt"), "w") as file:
        file.write(" ".join(map(str, tokens[0].tolist())))


def generated(model, batch):
    prompts = torch.randint(0, 150000, (batch, 128), device="cuda")
    options = dict(do_sample=True, top_k=0, top_p=1.0, temperature=1.0, use_cache=True)
    model.generate(prompts[:16], attention_mask=torch.ones_like(prompts[:16]), max_new_tokens=4, **options)
    torch.cuda.synchronize()
    started = time.time()
    model.generate(prompts, attention_mask=torch.ones_like(prompts), min_new_tokens=128, max_new_tokens=128, **options)
    torch.cuda.synchronize()
    return batch * 128 / (time.time() - started)


def trained(model):
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    texts = torch.randint(0, 150000, (16, 1024), device="cuda")
    rates = []
    for _ in range(4):
        torch.cuda.synchronize()
        started = time.time()
        for batch in texts.split(4):
            with torch.autocast("cuda", torch.bfloat16):
                (model(batch, labels=batch).loss / 4).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        torch.cuda.synchronize()
        rates.append(texts.numel() / (time.time() - started))
    return sorted(rates[1:])[1]


def speed(name, what):
    torch.zeros(1, device="cuda")
    free = torch.cuda.mem_get_info()[0]
    # Drawn there: a processor would take longer to draw so many numbers than a row takes.
    with torch.device("cuda"):
        model = Qwen2ForCausalLM._from_config(config(SHAPES[name]), attn_implementation="sdpa")
    model = model.bfloat16().eval() if what == "generated" else model.float().train()
    parameters = sum(parameter.numel() for parameter in model.parameters())
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()

    def row(of, rate, operations):
        # What is taken is kept, as by libtorch: the difference is the most of the whole program, and comparable with that of ours.
        taken = free - torch.cuda.mem_get_info()[0]
        print(f"{name} | {of} | transformers | {rate:.0f} tokens/s | {operations * parameters * rate / 1e12:.1f} TFLOP/s | {taken / 1e9:.1f} GB"
              f" | {torch.cuda.max_memory_allocated() / 1e9:.1f} GB allocated", flush=True)

    if what == "trained":
        row("trained", trained(model), 6)
    else:
        # The memory of a larger batch hides that of a smaller.
        for batch in (64, 256, 1024):
            row(f"generated, {batch} at once", generated(model, batch), 2)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["checkpoint", folder]:
            checkpoint(folder)
        case ["speed", name, ("generated" | "trained") as what] if name in SHAPES:
            speed(name, what)
        case _:
            sys.exit(__doc__)
