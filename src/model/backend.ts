/** Rows of one padded length: `ids` is row-major [rows, length], padded with 0; `lengths` holds the real ones. */
export interface Batch {
  readonly rows: number
  readonly length: number
  readonly ids: Int32Array<ArrayBuffer>
  readonly lengths: Int32Array<ArrayBuffer>
}

export interface BatchResult {
  /** Row-major [rows, CATEGORIES.length]. */
  readonly logits: Float32Array<ArrayBuffer>
  /** Time inside the model alone. */
  readonly seconds: number
}

/** Runs a model. Adapter: ONNX Runtime in worker threads. */
export interface Backend {
  /** How many batches may be handed over at once. */
  readonly slots: number
  /** Takes the batch's buffers away (they are transferred). Rejects with `InferenceError` when this batch
   * failed, with `ModelGoneError` when the backend is gone for good. */
  run(batch: Batch): Promise<BatchResult>
  /** Finishes what is running first. Safe to call twice. */
  close(): Promise<void>
}
