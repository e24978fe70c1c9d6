/** On the sign-in page: nothing half-typed by the officer before stays for the next one on this machine. */
for (const key of Object.keys(sessionStorage)) if (key.startsWith("form:")) sessionStorage.removeItem(key);
