// A real mail server on a free port: takes mail for one user's word, refuses what it is told to.
import { type AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Mail {
  from: string;
  to: string[];
  /** As it came, headers and all. */
  raw: string;
}

export interface MailReceiver {
  port: number;
  mails: Mail[];
  /** A reply code for the next recipients, in place of yes. */
  scripted: number[];
  close(): Promise<void>;
}

export async function serveMail(login: { user: string; password: string }): Promise<MailReceiver> {
  const [mails, scripted]: [Mail[], number[]] = [[], []];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === login.user && password === login.password
        ? done(null, { user: username })
        : done(Object.assign(new Error("not with this password"), { responseCode: 535 })),
    onRcptTo(_, __, done) {
      const code = scripted.shift();
      done(code === undefined ? null : Object.assign(new Error("refused as told"), { responseCode: code }));
    },
    onData(stream, { envelope }, done) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, scripted, close: () => new Promise((resolve) => server.close(resolve)) };
}
