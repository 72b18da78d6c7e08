import { expect, test } from 'vitest'
import { chooseSecond } from '../../src/model/model-choice.js'

const shippedSecond = '/package/models/second'
const given = { folder: '/own/second', by: 'HAECHI_SECOND_MODEL' } as const

test('a second model that was set comes after any first one', () => {
  for (const by of ['shipped', 'promoted', '--model'] as const)
    expect(chooseSecond({ givenSecond: given, shippedSecond }, { by })).toEqual(given)
})

test('the second model that ships comes after the one that ships, and after no other', () => {
  expect(chooseSecond({ shippedSecond }, { by: 'shipped' })).toEqual({ folder: shippedSecond, by: 'shipped' })
  for (const by of ['promoted', '--model', 'HAECHI_MODEL', 'configuration'] as const)
    expect(chooseSecond({ shippedSecond }, { by })).toBeUndefined()
})

test('there is none where none ships, and where a setting says so', () => {
  expect(chooseSecond({}, { by: 'shipped' })).toBeUndefined()
  expect(chooseSecond({ givenSecond: 'none', shippedSecond }, { by: 'shipped' })).toBeUndefined()
})
