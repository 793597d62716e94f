// Prints "PASSED FAILED" of a vitest JSON report. A skip is a failure here, and so is a file that could not be loaded.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const notLoaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const notPassed = report.numTotalTests - report.numPassedTests;
console.log(report.numPassedTests, notPassed + notLoaded.length);
