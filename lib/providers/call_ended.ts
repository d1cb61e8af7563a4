/** Why a request is aborted whose call has come to its end; making an exception for each would cost more than all else of it. */
export const CALL_ENDED = new DOMException("The call has ended", "AbortError");
