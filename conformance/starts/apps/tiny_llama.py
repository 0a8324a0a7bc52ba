"""Writes a language model with random weights, whose tokens are bytes, into the folder that is given."""
import sys

import torch
from tokenizers import Tokenizer, decoders, models
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

folder = sys.argv[1]
special = ["<unk>", "<s>", "</s>"]
vocabulary = {token: index for index, token in enumerate(special + [f"<0x{byte:02X}>" for byte in range(256)])}
tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>", byte_fallback=True))
tokenizer.decoder = decoders.ByteFallback()
PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", bos_token="<s>", eos_token="</s>").save_pretrained(folder)
torch.manual_seed(0)
size = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 2}
LlamaForCausalLM(LlamaConfig(vocab_size=len(vocabulary), max_position_embeddings=4096, **size)).to(torch.bfloat16).save_pretrained(folder)
