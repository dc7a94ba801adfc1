// One e-mail by SMTP, on a connection of its own: mails are rare.
import type { SendMailOptions, SentMessageInfo } from "nodemailer";

export interface MailServer {
  host: string;
  port: number;
  security: "tls" | "starttls" | "none";
  login: string | undefined;
  /** Whoever has no password does not log in. */
  password: string | undefined;
  timeoutMs: number;
}

/** What the server answered. Throws where it does not take the mail. */
export async function sendMail(server: MailServer, mail: SendMailOptions): Promise<SentMessageInfo> {
  const { host, port, security, login, password, timeoutMs } = server;
  // Loaded when there is a mail to be sent.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(login !== undefined && password !== undefined && { auth: { user: login, pass: password } }),
  });
  try {
    return await transport.sendMail(mail);
  } finally {
    transport.close();
  }
}
