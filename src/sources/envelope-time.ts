// RFC 3339, section 5.6. `T` and `Z` may be lower case there, and a space may stand for the `T`.
const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:[Zz]|([+-])(\d\d):(\d\d))$/

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Milliseconds since the epoch of an RFC 3339 date-time, or null when it is none (a zone is required). */
export const parseRfc3339 = (text: string): number | null => {
  const match = RFC_3339.exec(text)
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  // 60 is a leap second: it counts as the first instant of the next minute.
  if (hour > 23 || minute > 59 || second > 60) return null
  const zone = zoneMinutes(match[8], match[9], match[10])
  if (zone === null) return null
  const ms = match[7] === undefined ? 0 : Math.floor(Number(`0.${match[7]}`) * 1000)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute - zone, second, ms)
  return date.getTime()
}

const zoneMinutes = (sign?: string, hours?: string, minutes?: string): number | null => {
  if (sign === undefined) return 0
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
