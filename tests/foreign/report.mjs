// What the checks share: every file is read, every fault is printed with its file, and a fault ends the program with 1.

/** Calls `faults(file)` for every file: it gives a list of sentences, or throws one. */
export async function report(what, files, faults) {
    if (files.length === 0) throw new Error(`${what}: no file is named`);
    let count = 0;
    for (const file of files) {
        let found;
        try {
            found = await faults(file);
        } catch (error) {
            found = [String(error.message ?? error)];
        }
        for (const fault of found) console.error(`${file}: ${fault}`);
        count += found.length;
    }
    console.log(`${what}: ${files.length} read, ${count} faults`);
    process.exitCode = count === 0 ? 0 : 1;
}
