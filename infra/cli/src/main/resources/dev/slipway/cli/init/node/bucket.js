// Called with every object that is completed in the bucket, as a CloudEvent. An error brings it back later.
exports.hello = (event) => {
  console.log(`Hello gs://${event.data.bucket}/${event.data.name}!`);
};
