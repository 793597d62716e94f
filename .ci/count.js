// Prints "PASSED FAILED" of a vitest JSON report. A skip is a failure here, and so is a file that could not be loaded.
// One thing may be left out: what needs a kernel with its debug information, which is too large to fetch each time.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const notLoaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const leftOut = report.testResults
  .flatMap((file) => file.assertionResults)
  .filter((test) => test.status !== 'failed' && test.title.endsWith('[skipped: FAULTLINE_VMLINUX is not set]'));
const notPassed = report.numTotalTests - report.numPassedTests - leftOut.length;
console.log(report.numPassedTests, notPassed + notLoaded.length);
