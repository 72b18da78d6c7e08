// RFC 3339, section 5.6. `T` and `Z` may be lower case there, and a space may stand for the `T`.
const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?(?:[Zz]|([+-])(\d\d):(\d\d))$/

const MINUTE_MS = 60_000
// The calendar repeats every 400 years; `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
const CYCLE_YEARS = 400
const CYCLE_MS = 146_097 * 24 * 60 * MINUTE_MS

/** Milliseconds since the epoch of an RFC 3339 date-time, or null when it is none (a zone is required). */
export const parseRfc3339 = (text: string): number | null => {
  const match = RFC_3339.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHour, zoneMinute] = match
  const zone = zoneMinutes(sign, Number(zoneHour), Number(zoneMinute))
  // 60 is a leap second: it counts as the first instant of the next minute.
  const isTime = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 60
  if (!isDate(Number(year), Number(month), Number(day)) || !isTime || zone === null) return null
  const ms = Number(fraction.padEnd(3, '0'))
  const wall = Date.UTC(
    Number(year) + CYCLE_YEARS,
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
  )
  return wall - CYCLE_MS - zone * MINUTE_MS
}

const isDate = (year: number, month: number, day: number): boolean => {
  if (month < 1 || month > 12 || day < 1) return false
  if (month !== 2) return day <= ([4, 6, 9, 11].includes(month) ? 30 : 31)
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (isLeap ? 29 : 28)
}

const zoneMinutes = (sign: string | undefined, hours: number, minutes: number): number | null => {
  if (sign === undefined) return 0
  if (hours > 23 || minutes > 59) return null
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes)
}
