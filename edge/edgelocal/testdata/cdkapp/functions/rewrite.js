import cf from 'cloudfront';

const redirects = cf.kvs();

async function handler(event) {
  const request = event.request;
  try {
    const location = await redirects.get(request.uri);
    return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: location } } };
  } catch (notThere) {
    if (request.uri.endsWith('/')) {
      request.uri += 'index.html';
    } else if (!request.uri.includes('.')) {
      request.uri += '.html';
    }
    return request;
  }
}
