const read = async (response) => {
  const body = await response.json()
  return response.ok ? { ok: true, body } : { ok: false, status: response.status, body }
}

/** Cases that match, newest change first; throws when the server is away. */
export const fetchCases = async ({ state, channel }, limit) => {
  const query = new URLSearchParams({ limit: String(limit) })
  if (state !== '') query.set('state', state)
  if (channel !== '') query.set('channel', channel)
  const answer = await read(await fetch(`/api/cases?${query}`))
  if (!answer.ok) throw new Error(answer.body.error.message)
  return answer.body
}

export const fetchStats = async () => {
  const answer = await read(await fetch('/api/stats'))
  if (!answer.ok) throw new Error(answer.body.error.message)
  return answer.body
}

/** `{kind: 'done', case}`, `{kind: 'conflict', case}` or `{kind: 'failed', reason}`; never throws. */
export const postDecision = async (caseId, input) => {
  try {
    const response = await fetch(`/api/cases/${encodeURIComponent(caseId)}/decision`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const answer = await read(response)
    if (answer.ok) return { kind: 'done', case: answer.body.case }
    if (answer.status === 409) return { kind: 'conflict', case: answer.body.case }
    return { kind: 'failed', reason: answer.body.error.message }
  } catch (error) {
    return { kind: 'failed', reason: error.message }
  }
}
