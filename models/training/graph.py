"""Building blocks of ONNX graphs that are written node by node, and what every model's graph shares."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .common import HEADS

OPSET, IR = 17, 9


class Graph:
    """Collects nodes and constants; `add` returns the name of the node's output."""

    def __init__(self):
        self.nodes, self.constants = [], {}

    def constant(self, value, dtype=np.float32) -> str:
        array = np.ascontiguousarray(value, dtype=dtype)
        name = f"c{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def add(self, op: str, *inputs: str, **attributes) -> str:
        name = f"{op.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, **attributes))
        return name

    def axis(self, number: int) -> str:
        return self.constant([number], np.int64)


def mask_of(graph: Graph) -> tuple[str, str]:
    """(mask float [rows, length, 1], length int64 [1])."""
    length = graph.add("Gather", graph.add("Shape", "ids"), graph.axis(1))
    scalar = graph.add("Squeeze", graph.add("Cast", length, to=TensorProto.INT32))
    zero, one = graph.constant(0, np.int32), graph.constant(1, np.int32)
    inside = graph.add("Less", graph.add("Range", zero, scalar, one), graph.add("Unsqueeze", "lengths", graph.axis(1)))
    return graph.add("Unsqueeze", graph.add("Cast", inside, to=TensorProto.FLOAT), graph.axis(2)), length


def finish(graph: Graph, logits: str, name: str) -> onnx.ModelProto:
    """The model: `ids` int32 [batch, length] and `lengths` int32 [batch] give `logits` float32 [batch, heads]."""
    graph.nodes.append(helper.make_node("Identity", [logits], ["logits"], name="logits"))
    value = helper.make_tensor_value_info
    inputs = [value("ids", TensorProto.INT32, ["batch", "length"]), value("lengths", TensorProto.INT32, ["batch"])]
    outputs = [value("logits", TensorProto.FLOAT, ["batch", len(HEADS)])]
    whole = helper.make_graph(graph.nodes, name, inputs, outputs, list(graph.constants.values()))
    proto = helper.make_model(
        whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR, producer_name="haechi"
    )
    onnx.checker.check_model(proto)
    return proto
