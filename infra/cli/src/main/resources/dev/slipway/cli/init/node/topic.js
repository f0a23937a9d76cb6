// Called with every message of the topic, as a CloudEvent. An error brings the message back later.
exports.hello = (event) => {
  const text = Buffer.from(event.data.message.data || '', 'base64').toString();
  console.log(`Hello ${text || 'World'}!`);
};
