import { expect } from 'vitest'
import { pageTest as test } from './session.js'

test('keys dismiss the selected case and undo brings it back', async ({ session }) => {
  await session.flagUsers('a', 'b', 'c')
  await session.page.keyboard.press('j')
  expect(await session.selected()).toBe('b')

  await session.page.keyboard.press('d')
  await session.shows(['c', 'a'])
  expect(await session.selected()).toBe('a')
  await expect.poll(session.decidedKinds).toEqual(['dismiss'])
  await session.page.keyboard.press('u')

  await session.shows(['b', 'c', 'a'])
  await expect.poll(session.selected).toBe('b')
  expect(await session.decidedKinds()).toEqual([])
})

test.for([
  ['w', 'warn'],
  ['t', 'timeout'],
  ['b', 'ban'],
  ['x', 'delete'],
  ['a', 'allow'],
] as const)('%s means %s', async ([key, decision], { session }) => {
  await session.flagUsers('somebody')

  await session.page.keyboard.press(key)

  await session.shows([])
  await expect.poll(session.decidedKinds).toEqual([decision])
})

test('an escalated case stays open and says so', async ({ session }) => {
  await session.flagUsers('somebody')

  await session.page.keyboard.press('e')

  await session.page.locator('.row .chip', { hasText: 'Escalate' }).waitFor()
  await session.shows(['somebody'])
})

test('with a Korean input method on, keys mean their place on the keyboard', async ({ session }) => {
  await session.flagUsers('somebody')

  await session.page.evaluate(
    "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅇ', code: 'KeyD', bubbles: true }))",
  )

  await expect.poll(session.decidedKinds).toEqual(['dismiss'])
})

test('a button decides with the note and the time that were chosen', async ({ session }) => {
  await session.flagUsers('somebody')
  await session.page.getByLabel('Timeout for').selectOption('86400')
  await session.page.keyboard.press('n')
  await session.page.keyboard.type('third time today, d')

  await session.page.getByRole('button', { name: 'Timeout (Dry run)' }).click()

  await expect.poll(session.decidedKinds).toEqual(['timeout'])
  const [decided] = (await session.feed.cases.list({ state: 'decided', limit: 1 })).cases
  expect(decided?.decision?.note).toBe('third time today, d')
})

test('what could not be saved comes back', async ({ session }) => {
  await session.flagUsers('somebody')
  await session.feed.stop()

  await session.page.keyboard.press('b')

  await session.page.locator('#toast', { hasText: 'Not saved' }).waitFor()
  await session.shows(['somebody'])
  expect(await session.decidedKinds()).toEqual([])
})

test('a key meant for a case that someone else just decided hits no other', async ({ session }) => {
  await session.flagUsers('a', 'b')
  const taken = (await session.feed.cases.list({ limit: 2 })).cases.find((item) => item.user.name === 'b')

  await session.feed.cases.decide(taken?.id ?? '', { decision: 'warn' }, new Date().toISOString())
  await session.page.getByRole('button', { name: 'Undo', exact: true }).waitFor()
  await session.page.keyboard.press('b')

  expect(await session.selected()).toBe('b')
  expect(await session.decidedKinds()).toEqual(['warn'])
  await session.page.keyboard.press('j')
  await session.shows(['a'])
})

test('decided cases can be looked at and undone', async ({ session }) => {
  await session.flagUsers('somebody')
  await session.page.keyboard.press('b')
  await session.page.getByText('Decided', { exact: true }).click()
  await session.shows(['somebody'])

  await session.page.locator('#buttons').getByRole('button', { name: 'Undo' }).click()

  await expect.poll(session.decidedKinds).toEqual([])
})
