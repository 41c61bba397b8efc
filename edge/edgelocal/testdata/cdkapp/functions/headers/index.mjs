export const handler = async (event) => {
  const { request, response } = event.Records[0].cf;
  if (request.uri.endsWith(".html")) {
    response.headers["content-language"] = [{ key: "Content-Language", value: "en" }];
  }
  return response;
};
