import type { Attachment, ErrorBody, SendMessageBody } from "../../shared/mod.ts";

/** A message that the server has not taken yet, with everything that sending it needs. */
export interface UnsentMessage {
  /** Made when the person pressed Send: sorts by the time of writing, and is the idempotency key of the message. */
  id: string;
  /** Where it goes; absent while that chat is yet to be made. */
  chatId?: string;
  /** Of a chat that was yet to be made: its idempotency key, which all messages written in it share. */
  chatKey?: string;
  /** Whether the chat yet to be made is a temporary one. */
  temporary?: boolean;
  /** The folder for the chat yet to be made. */
  folderId?: string;
  body: SendMessageBody;
  /** The files of `body.attachmentIds`, which the server has already. */
  attachments?: readonly Attachment[];
  /** When it was tried first (ms since 1970): from then on it may have arrived without our having heard of it. */
  triedAt?: number;
  /** True once it has to wait; until then it is on its way for the first time. */
  waiting?: boolean;
  /** True where the browser had no room for it, so that it does not survive the page. */
  unkept?: boolean | undefined;
  /** Why the server did not take it; it is not sent again by itself. */
  error?: ErrorBody;
}
