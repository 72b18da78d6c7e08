import { expect, test } from 'vitest'
import { maskedAddress } from '../../src/users/redis.js'

test.each([
  ['redis://127.0.0.1:6379', 'redis://127.0.0.1:6379'],
  ['redis://:s3cret@host:6379/2', 'redis://:***@host:6379/2'],
  ['rediss://worker:s3cret@host', 'rediss://worker:***@host'],
  ['not an address s3cret', 'the given address'],
  ['redis://user:s3cret@:bad', 'the given address'],
])('%s is shown as %s', (address, shown) => {
  expect(maskedAddress(address)).toBe(shown)
})
