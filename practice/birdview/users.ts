// The users of the practice Birdview. The number is the one in the URL of a user's page; with client credentials the scope
// names it.
export interface User {
  id: number
  login: string
  name: string
  email: string
  roleName: 'Administrator' | 'Team member'
}

export const USERS: User[] = [
  { id: 7, login: 'ada', name: 'Ada', email: 'ada@practice.example', roleName: 'Administrator' },
  { id: 8, login: 'alice', name: 'Alice', email: 'alice@practice.example', roleName: 'Team member' },
]
