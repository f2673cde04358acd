// A pull or merge request, as something that has comments.

export interface PostedComment {
  /** Grows with time: the lower one was there first. */
  readonly id: number;
  readonly body: string;
  readonly author: string;
}

export interface Forge {
  /** Name under which this run writes. */
  self(): Promise<string>;
  /** All comments of the request, whoever wrote them. */
  list(): Promise<readonly PostedComment[]>;
  /** Not repeated: whoever is unsure whether it arrived lists again. */
  create(body: string): Promise<PostedComment>;
  /** False when there is no such comment any more. */
  update(id: number, body: string): Promise<boolean>;
  /** True also when there was none any more. */
  remove(id: number): Promise<void>;
}
