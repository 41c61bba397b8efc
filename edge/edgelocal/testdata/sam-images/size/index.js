// /images/a.jpg?d=300x200 is /images/300x200/a.jpg, in the nearest size that there is.
const sizes = [[100, 100], [200, 200], [400, 300]];

exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  const asked = /^d=(\d{1,4})x(\d{1,4})$/.exec(request.querystring);
  if (!asked) return request;
  const distance = ([width, height]) => Math.abs(width - asked[1]) + Math.abs(height - asked[2]);
  const [width, height] = [...sizes].sort((a, b) => distance(a) - distance(b))[0];
  request.uri = request.uri.replace(/\/([^/]+)$/, `/${width}x${height}/$1`);
  request.querystring = "";
  return request;
};
