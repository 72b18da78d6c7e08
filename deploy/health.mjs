// The container's health check: 0 when /readyz answers 200, else 1.
const port = process.env.HAECHI_METRICS_PORT || '9464'
const isReady = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) })
  .then((response) => response.ok)
  .catch(() => false)
process.exitCode = isReady ? 0 : 1
