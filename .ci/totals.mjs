// node totals.mjs FOLDER FAILED_STEPS: adds up vitest's JSON reports, prints "N passed, N failed" as the last
// line, and fails when a test, a test file or a step failed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, failedSteps] = process.argv.slice(2)
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }))

// A file that could not be loaded has no tests to count, and is a failure all the same.
const brokenFiles = (report) =>
  report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((t) => t.status !== 'failed'),
  )

let passed = 0
let failed = 0
for (const report of reports) {
  const broken = brokenFiles(report)
  for (const file of broken) console.log(`${report.name}: ${file.name} could not be run`)
  console.log(
    `${report.name}: ${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests} skipped`,
  )
  passed += report.numPassedTests
  failed += report.numFailedTests + broken.length
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || Number(failedSteps) > 0 || reports.length === 0 ? 1 : 0
