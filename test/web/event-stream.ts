/** A raw client of `/api/events`: reads event by event, as the bytes come. */
export const openEvents = async (
  url: string,
  { query = '', headers = {} }: { readonly query?: string; readonly headers?: Record<string, string> } = {},
) => {
  const leave = new AbortController()
  const response = await fetch(`${url}/api/events${query}`, { headers, signal: leave.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let waiting = ''

  /** The next block that `accept` takes; undefined when the stream ended. */
  const next = async (accept: (block: string) => boolean): Promise<string | undefined> => {
    for (;;) {
      const end = waiting.indexOf('\n\n')
      if (end >= 0) {
        const block = waiting.slice(0, end)
        waiting = waiting.slice(end + 2)
        if (accept(block)) return block
        continue
      }
      const chunk = await reader?.read()
      if (chunk === undefined || chunk.done) return undefined
      waiting += chunk.value
    }
  }

  const nextEvent = async (): Promise<{ id: string; kind: string; text: string } | undefined> => {
    const block = await next((candidate) => candidate.startsWith('id: '))
    if (block === undefined) return undefined
    const [idLine = '', dataLine = ''] = block.split('\n')
    const event = JSON.parse(dataLine.slice('data: '.length))
    return { id: idLine.slice('id: '.length), kind: event.kind, text: event.case.lines[0].text }
  }

  const ended = async (): Promise<boolean> => (await next(() => false)) === undefined
  return { response, next, nextEvent, ended, leave: () => leave.abort() }
}
