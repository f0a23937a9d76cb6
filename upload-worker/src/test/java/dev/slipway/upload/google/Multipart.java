package dev.slipway.upload.google;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The two parts of a multipart/related upload: the object's resource and its content. */
record Multipart(byte[] first, byte[] second) {
    private static final String HEAD_ENDS = "\r\n\r\n";

    static Multipart of(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String boundary = text.substring(0, text.indexOf("\r\n"));
        int firstAt = text.indexOf(HEAD_ENDS) + HEAD_ENDS.length();
        int firstEnds = text.indexOf("\r\n" + boundary, firstAt);
        int secondAt = text.indexOf(HEAD_ENDS, firstEnds) + HEAD_ENDS.length();
        int secondEnds = text.lastIndexOf("\r\n" + boundary);
        return new Multipart(
                Arrays.copyOfRange(body, firstAt, firstEnds),
                Arrays.copyOfRange(body, secondAt, secondEnds));
    }
}
