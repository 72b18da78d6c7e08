import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Batch, BatchResult } from './backend.js'
import type { FromThread, ThreadSetup, ToThread } from './infer-protocol.js'

// A thread of its own because `session.run` holds its thread for the whole batch; one ONNX thread each
// because several such threads beat one session with several, and do not collapse beside a busy neighbour.
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  // One memory plan is kept for each shape otherwise, and batches come in hundreds of shapes.
  enableMemPattern: false,
  // Failures travel as messages; ONNX Runtime would print them as well.
  logSeverityLevel: 4,
}

async function openSession({ modelPath, labels }: ThreadSetup): Promise<InferenceSession> {
  const session = await InferenceSession.create(modelPath, SESSION_OPTIONS)
  checkSignature(session)
  await runBatch(session, labels, warmUpBatch())
  return session
}

function checkSignature(session: InferenceSession): void {
  const found = [...session.inputMetadata, ...session.outputMetadata].map((value) =>
    value.isTensor ? `${value.type} ${value.name}[${value.shape.length}]` : value.name,
  )
  const expected = ['int32 ids[2]', 'int32 lengths[1]', 'float32 logits[2]']
  if (found.toSorted().join() === expected.toSorted().join()) return
  throw new Error(`its inputs and outputs (type, name, dimensions) are ${found}, not ${expected}`)
}

/** The size of an everyday batch, so that the first real one finds memory ready. */
function warmUpBatch(): Batch {
  const [rows, length] = [16, 16]
  return {
    rows,
    length,
    ids: new Int32Array(rows * length).fill(1),
    lengths: new Int32Array(rows).fill(length),
  }
}

async function runBatch(session: InferenceSession, labels: number, batch: Batch): Promise<BatchResult> {
  const { rows, length, ids, lengths } = batch
  const started = performance.now()
  const { logits } = await session.run({
    ids: new Tensor('int32', ids, [rows, length]),
    lengths: new Tensor('int32', lengths, [rows]),
  })
  const seconds = (performance.now() - started) / 1000
  const values = logits?.data
  if (!(values instanceof Float32Array) || values.length !== rows * labels) {
    throw new Error(`the model gave ${values?.length} numbers, not ${rows} x ${labels}`)
  }
  if (!values.every(Number.isFinite)) throw new Error('the model gave a number that is not finite')
  // A copy, because the tensor's own memory belongs to ONNX Runtime and may not be transferred.
  return { logits: values.slice(), seconds }
}

function serve(port: MessagePort, session: InferenceSession, labels: number): void {
  const reply = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

  const handle = async (message: ToThread): Promise<void> => {
    if (message.kind === 'close') {
      await session.release()
      port.close()
      return
    }
    try {
      const result = await runBatch(session, labels, message.batch)
      reply({ kind: 'done', result }, [result.logits.buffer])
    } catch (error) {
      reply({ kind: 'failed', detail: String(error) })
    }
  }

  // One after the other: `close` must find no batch running.
  let work = Promise.resolve()
  port.on('message', (message: ToThread) => {
    work = work.then(() => handle(message))
  })
  reply({ kind: 'ready' })
}

async function main(port: MessagePort, setup: ThreadSetup): Promise<void> {
  try {
    serve(port, await openSession(setup), setup.labels)
  } catch (error) {
    const refused: FromThread = { kind: 'refused', detail: String(error) }
    port.postMessage(refused)
    port.close()
  }
}

if (!parentPort) throw new Error('infer-worker.js is started as a worker thread')
await main(parentPort, workerData)
