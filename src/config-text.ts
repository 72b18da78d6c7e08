/** How the text of an environment variable or a flag becomes a value; what does not fit is left for the schema. */
export type ReadSetting = (value: string) => unknown

const items = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

export const text: ReadSetting = (value) => value

export const number: ReadSetting = (value) => (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value)

export const list: ReadSetting = (value) => items(value)

/** Channel logins, with or without their `#`. */
export const channels: ReadSetting = (value) => items(value).map((name) => name.replace(/^#/, ''))
