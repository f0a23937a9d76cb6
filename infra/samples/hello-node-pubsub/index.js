const functions = require('@google-cloud/functions-framework');

functions.cloudEvent('helloPubSub', event => {
  const text = Buffer.from(event.data.message.data || '', 'base64').toString();
  console.log(`Hello, ${text || 'empty message'}!`);
});
