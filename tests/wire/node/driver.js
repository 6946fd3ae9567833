// Drives the official alipay-sdk for Node: one order a line comes in as JSON, what the SDK made of it goes out.
const { createInterface } = require("node:readline");
const { AlipayFormData, AlipayRequestError, AlipaySdk } = require("alipay-sdk");

const world = {};

// The SDK, set up as its README says: with keys or with certificates.
function client({ app, mode = "" }) {
  const told = world.apps[app];
  const base = world.gateway_url.replace("/gateway.do", "");
  const common = {
    appId: told.app_id, gateway: world.gateway_url, endpoint: base, encryptKey: told.aes_key, timeout: 15000,
  };
  if (!mode.includes("certificates")) {
    return new AlipaySdk({ ...common, privateKey: told.private_key_pkcs1, alipayPublicKey: told.platform_public_key });
  }
  return new AlipaySdk({
    ...common, privateKey: told.private_key_pkcs8, keyType: "PKCS8",
    appCertContent: told.app_cert, alipayPublicCertContent: told.platform_cert, alipayRootCertContent: told.root_cert,
  });
}

// What exec, pageExec and sdkExec take; methods without biz_content say so, and the SDK sends but text for them.
function params({ content, common = {}, bare }) {
  return bare ? { ...texts(content), ...common } : { ...common, bizContent: content };
}

// What stands in a URL is text: what is no text stands there as JSON.
function texts(fields) {
  const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)]));
}

function form(files, fields) {
  const made = new AlipayFormData();
  for (const [name, value] of Object.entries(fields)) made.addField(name, value);
  for (const [name, [file, text]] of Object.entries(files)) made.addFile(name, file, Buffer.from(text, "base64"));
  return made;
}

// A call in v2; `unchecked` leaves the answer's signature alone, which is the only way to read some answers.
async function call(order) {
  const { method, files, encrypt, unchecked } = order;
  const options = { validateSign: !unchecked };
  if (files) options.formData = form(files, { ...order.content, ...order.common });
  const asked = files ? {} : { ...params(order), ...(encrypt ? { needEncrypt: true } : {}) };
  const told = await client(order).exec(method, asked, options);
  if (![undefined, "10000", "10003"].includes(told.code)) {
    return { refused: { code: told.subCode, message: told.subMsg, family: told.code } };
  }
  return { told };
}

// A call in v3.
async function curl(order) {
  const { verb, path, content, common = {}, files, encrypt } = order;
  const { app_auth_token: appAuthToken, auth_token: token, ...urls } = common;
  const inQuery = ["GET", "DELETE"].includes(verb);
  const query = { ...(token ? { auth_token: token } : {}), ...(inQuery ? texts(content) : {}) };
  const options = { query, appAuthToken, needEncrypt: encrypt };
  if (files) options.form = form(files, {});
  if (!inQuery) options.body = { ...content, ...urls };
  try {
    const { data, responseHttpStatus } = await client(order).curl(verb, path, options);
    return { told: data, status: responseHttpStatus };
  } catch (problem) {
    if (!(problem instanceof AlipayRequestError) || !(problem.responseHttpStatus >= 400)) throw problem;
    const { code, message, responseHttpStatus: status } = problem;
    return { refused: { code, message, family: String(status) } };
  }
}

// Verify the result that the wallet hands to an app, as the SDK does with answers of the gateway.
function result(order) {
  const { text, method } = order;
  const node = `${method.replaceAll(".", "_")}_response`;
  const told = JSON.parse(text);
  try {
    client(order).checkResponseSign(text, node, told.sign, "");
  } catch (problem) {
    return { told: null, because: problem.message };
  }
  return { told: told[node] };
}

const DO = {
  meet: (order) => {
    Object.assign(world, order.world, { apps: { ...world.apps, ...order.world.apps } });
    return { told: true };
  },
  call,
  curl,
  page: (order) => ({ told: client(order).pageExec(order.method, order.verb, params(order)) }),
  string: (order) => ({ told: client(order).sdkExec(order.method, params(order)) }),
  result,
  verify: (order) => ({ told: client(order).checkNotifySignV2(order.fields) }),
  verify_decoded: (order) => ({ told: client(order).checkNotifySign(order.fields) }),
};

async function serve() {
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line);
    let told;
    try {
      told = await DO[order.do](order);
    } catch (problem) {
      told = { raised: `${problem.name}: ${problem.message}`, code: problem.code };
    }
    process.stdout.write(`${JSON.stringify(told)}\n`);
  }
}

serve();
