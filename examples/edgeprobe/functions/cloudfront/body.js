// Answers with a body of as many bytes as the query string says.
function handler(event) {
  return {
    statusCode: 200,
    statusDescription: 'OK',
    headers: { 'content-type': { value: 'text/plain' }, 'cache-control': { value: 'no-store' } },
    body: { encoding: 'text', data: 'a'.repeat(Number(event.request.querystring.bytes.value)) },
  };
}
