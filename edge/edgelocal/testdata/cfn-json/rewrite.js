exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  request.headers["x-edge"] = [{ key: "X-Edge", value: request.headers.host[0].value }];
  return request;
};
