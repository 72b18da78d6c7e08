"""The ONNX graph of a fine-tuned encoder, node by node; the same inputs and output as the CNN + BiLSTM's.

Matrices and tables are stored as 8-bit codes with one scale a column (a row, for tables): a quarter of the file. The
session multiplies them out once when it loads, so that a row costs and says what it would with the rounded weights in
float32, whatever stands beside it in its batch. Dynamic int8 would give a row other logits in other company.
"""

import copy

import numpy as np
import onnx
import torch
from onnx import TensorProto

from .encoder import Encoder, Layer
from .graph import Graph, finish, mask_of

LEVELS = 127


def codes(weights: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """(int8 codes, float32 steps) with one step for each place along the other axis than `axis`; codes x steps are
    the weights within half a step.
    """
    steps = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), 1e-12) / LEVELS
    return np.round(weights / steps).astype(np.int8), steps.astype(np.float32)


def rounded(encoder: Encoder) -> Encoder:
    """The encoder with the weights that the file can hold."""
    plain = copy.deepcopy(encoder)
    with torch.no_grad():
        for module in plain.modules():
            if isinstance(module, (torch.nn.Linear, torch.nn.Embedding)):
                some, steps = codes(module.weight.numpy(), 1)
                module.weight.copy_(torch.from_numpy(some * steps))
    return plain


def _stored(graph: Graph, weights: torch.Tensor, transpose: bool) -> str:
    """A matrix [out, in] (transposed: what MatMul wants) or a table [rows, width], as codes and steps."""
    some, steps = codes(weights.detach().numpy(), 1)
    if transpose:
        some, steps = some.T, steps.T
    plain = graph.add("Cast", graph.constant(some, np.int8), to=TensorProto.FLOAT)
    return graph.add("Mul", plain, graph.constant(steps))


def _linear(graph: Graph, layer: torch.nn.Linear, source: str, some: slice = slice(None)) -> str:
    product = graph.add("MatMul", source, _stored(graph, layer.weight[some], True))
    return graph.add("Add", product, graph.constant(layer.bias[some].detach().numpy()))


def _norm(graph: Graph, norm: torch.nn.LayerNorm, source: str) -> str:
    scale, bias = (graph.constant(value.detach().numpy()) for value in (norm.weight, norm.bias))
    return graph.add("LayerNormalization", source, scale, bias, axis=-1, epsilon=norm.eps)


def _gelu(graph: Graph, source: str) -> str:
    """x / 2 x (1 + erf(x / sqrt 2)), in the shape that ONNX Runtime fuses."""
    bent = graph.add("Erf", graph.add("Div", source, graph.constant(np.float32(np.sqrt(2)))))
    return graph.add(
        "Mul", graph.add("Mul", source, graph.add("Add", bent, graph.constant(1.0))), graph.constant(0.5)
    )


def _layer(graph: Graph, layer: Layer, states: str, penalty: str) -> str:
    width, heads = layer.write.in_features, layer.attention
    source = _norm(graph, layer.before, states)

    def part(number: int, perm: list[int]) -> str:
        read = _linear(graph, layer.read, source, slice(number * width, (number + 1) * width))
        split = graph.add("Reshape", read, graph.constant([0, 0, heads, width // heads], np.int64))
        return graph.add("Transpose", split, perm=perm)

    query, key, value = part(0, [0, 2, 1, 3]), part(1, [0, 2, 3, 1]), part(2, [0, 2, 1, 3])
    scaled = graph.add("Mul", graph.add("MatMul", query, key), graph.constant((width // heads) ** -0.5))
    weights = graph.add("Softmax", graph.add("Add", scaled, penalty), axis=-1)
    found = graph.add("Transpose", graph.add("MatMul", weights, value), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", found, graph.constant([0, 0, width], np.int64))
    states = graph.add("Add", states, _linear(graph, layer.write, joined))
    fed = _gelu(graph, _linear(graph, layer.feed[0], _norm(graph, layer.between, states)))
    return graph.add("Add", states, _linear(graph, layer.feed[2], fed))


def build_encoder(model: Encoder) -> onnx.ModelProto:
    """The ONNX model, checked by onnx; equal to `rounded(model)`."""
    graph = Graph()
    mask, length = mask_of(graph)
    outside = graph.add("Mul", graph.add("Sub", mask, graph.constant(1.0)), graph.constant(1e4))
    penalty = graph.add("Unsqueeze", graph.add("Transpose", outside, perm=[0, 2, 1]), graph.axis(1))
    places = graph.add("Slice", _stored(graph, model.places.weight, False), graph.axis(0), length, graph.axis(0))
    states = graph.add("Add", graph.add("Gather", _stored(graph, model.tokens.weight, False), "ids"), places)
    for layer in model.layers:
        states = _layer(graph, layer, states, penalty)
    states = _norm(graph, model.norm, states)
    total = graph.add("ReduceSum", graph.add("Mul", states, mask), graph.axis(1), keepdims=0)
    count = graph.add("Unsqueeze", graph.add("Cast", "lengths", to=TensorProto.FLOAT), graph.axis(1))
    most = graph.add("ReduceMax", graph.add("Add", states, outside), axes=[1], keepdims=0)
    pooled = graph.add("Concat", graph.add("Div", total, count), most, axis=1)
    return finish(graph, _linear(graph, model.heads, pooled), "bert-small")
