// rewrite asks the bucket for the page of a folder.
exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  if (request.uri.endsWith('/')) request.uri += 'index.html';
  return request;
};
