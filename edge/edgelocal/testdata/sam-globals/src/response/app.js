exports.handler = async (event) => {
  const response = event.Records[0].cf.response;
  response.headers["cache-control"] = [{ value: "max-age=60" }];
  return response;
};
