'use strict';

// The same as lambda/goruntime, in JavaScript: what a cold start is held against.
let requests = 0;

exports.handler = async () => {
  const body = JSON.stringify({
    language: `node ${process.version}`,
    environment: process.env.AWS_EXECUTION_ENV ?? '',
    memoryMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    requests: ++requests,
  });
  return { status: '200', headers: { 'content-type': [{ key: 'Content-Type', value: 'application/json' }] }, body };
};
