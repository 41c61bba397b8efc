'use strict';

// At each trigger this function does what the query string says for it: vr at viewer-request, or at origin-request, os at
// origin-response, vs at viewer-response, each a list of instructions with commas between them. What follows the first point
// of an instruction are its arguments. Without an instruction what came is returned as it is.

const triggers = { 'viewer-request': 'vr', 'origin-request': 'or', 'origin-response': 'os', 'viewer-response': 'vs' };

const text = (body) => ({ status: '200', headers: { 'content-type': [{ key: 'Content-Type', value: 'application/json' }] }, body });

const set = (result, trigger, value) => {
  result.headers[`x-probe-${trigger}`] = [{ key: `X-Probe-${trigger}`, value }];
  return result;
};

// What the probe keeps must have nothing of a person's: the viewer's address is left out.
const echo = (cf) => {
  const request = { ...cf.request, headers: { ...cf.request.headers } };
  delete request.clientIp;
  delete request.headers['x-forwarded-for'];
  return { eventType: cf.config.eventType, request };
};

const instructions = {
  // an answer with the event
  echo: (cf) => text(JSON.stringify(echo(cf))),
  // another status of the answer, or an answer with it
  status: (cf, result, trigger, status) => (cf.response ? { ...result, status, statusDescription: 'Probe' } : { ...text('{}'), status }),
  // a status that is a number
  number: () => ({ ...text('{}'), status: 200 }),
  // a header under a key with upper-case letters
  uppercase: () => ({ ...text('{}'), headers: { 'X-Probe-Upper': [{ key: 'X-Probe-Upper', value: 'seen' }] } }),
  // an answer with a body of so many bytes, as text or in base64
  body: (cf, result, trigger, encoding, bytes) => {
    const body = Buffer.alloc(Number(bytes), 'a');
    return { ...text(body.toString(encoding === 'base64' ? 'base64' : 'latin1')), bodyEncoding: encoding };
  },
  // another body of the answer
  replace: (cf, result) => ({ ...result, body: 'replaced' }),
  // a header that says that the function ran
  mark: (cf, result, trigger) => set(result, trigger, 'ran'),
  // a header with what another one has
  see: (cf, result, trigger, name) => set(result, trigger, (result.headers[name] ?? [{ value: 'absent' }]).map((h) => h.value).join(', ')),
  // a function that fails for those requests that ask for it in a header, which is not in the cache key
  fail: (cf, result) => {
    if (cf.request.headers['x-probe-fail']) throw new Error('asked to fail');
    return result;
  },
  // an answer that CloudFront refuses, in the same way
  invalid: (cf, result) => (cf.request.headers['x-probe-fail'] ? { status: 'none' } : result),
};

// A line in the log, by which the probe finds what ran for its request, and where.
const log = (query, trigger, asked) => {
  const probe = query.get('probe') ?? '';
  if (/^[A-Z0-9.]+$/.test(probe)) console.log(JSON.stringify({ probe, trigger, asked, runtime: process.version }));
};

exports.handler = async (event) => {
  const cf = event.Records[0].cf;
  const trigger = triggers[cf.config.eventType];
  const query = new URLSearchParams(cf.request.querystring);
  const asked = query.get(trigger);
  log(query, trigger, asked);
  let result = cf.response ?? cf.request;
  for (const instruction of asked ? asked.split(',') : []) {
    const [name, ...args] = instruction.split('.');
    result = instructions[name](cf, result, trigger, ...args);
  }
  return result;
};
