package dev.slipway.local.artifacts;

/** An image's name with what names one manifest of it: {@code NAME@DIGEST} or {@code NAME:TAG}. */
record ImageUri(ImageName name, Reference reference) {
    /**
     * Reads a URI; without tag and digest it means the tag {@code latest}, and a tag before a
     * digest says nothing.
     *
     * @throws RegistryError where name, tag or digest are none
     */
    static ImageUri of(String uri) {
        int at = uri.indexOf('@');
        String tagged = at < 0 ? uri : uri.substring(0, at);
        int colon = tagged.lastIndexOf(':');
        ImageName name = ImageName.of(colon < 0 ? tagged : tagged.substring(0, colon));
        if (at >= 0) {
            return new ImageUri(
                    name, new Reference.ByDigest(Reference.digest(uri.substring(at + 1))));
        }
        return new ImageUri(name, Reference.of(colon < 0 ? "latest" : tagged.substring(colon + 1)));
    }
}
