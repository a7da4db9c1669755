// What is wrong with one field of a service's description.
export interface Issue {
  path: string
  message: string
}
