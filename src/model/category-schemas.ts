import { z } from 'zod'
import { CATEGORIES } from '../domain/verdict.js'

const threshold = z.number().gt(0).lte(1)

/** A record of every category. */
export const eachCategory = <T extends z.ZodType>(value: T) => z.record(z.enum(CATEGORIES), value)
export const numbersSchema = eachCategory(z.number())
export const calibrationSchema = eachCategory(z.object({ scale: z.number(), bias: z.number() }))
export const thresholdsSchema = eachCategory(threshold)
/** Of some categories: the others keep the thresholds of chat. */
export const boardThresholdsSchema = z.partialRecord(z.enum(CATEGORIES), threshold)
