package dev.slipway.local.pubsub;

import java.util.List;
import java.util.Map;

/** Which messages a subscription wants, by their attributes. */
sealed interface Filter {
    /** Whether a message with these attributes is wanted. */
    boolean matches(Map<String, String> attributes);

    /** No filter. */
    record Everything() implements Filter {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return true;
        }
    }

    /** {@code attributes:key}. */
    record Has(String key) implements Filter {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return attributes.containsKey(key);
        }
    }

    /** {@code attributes.key = "value"}. */
    record Equal(String key, String value) implements Filter {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return value.equals(attributes.get(key));
        }
    }

    /** {@code hasPrefix(attributes.key, "prefix")}. */
    record Prefix(String key, String prefix) implements Filter {
        @Override
        public boolean matches(Map<String, String> attributes) {
            String value = attributes.get(key);
            return value != null && value.startsWith(prefix);
        }
    }

    /** {@code NOT …}, {@code -…} and, of an equality, {@code !=}: true where the key is absent. */
    record Not(Filter of) implements Filter {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return !of.matches(attributes);
        }
    }

    /** {@code … AND …}. */
    record And(List<Filter> all) implements Filter {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return all.stream().allMatch(one -> one.matches(attributes));
        }
    }

    /** {@code … OR …}. */
    record Or(List<Filter> any) implements Filter {
        @Override
        public boolean matches(Map<String, String> attributes) {
            return any.stream().anyMatch(one -> one.matches(attributes));
        }
    }
}
