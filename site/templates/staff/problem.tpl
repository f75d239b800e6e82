{{<staff/head}}
<h1>{{title}}</h1>
<p>{{text}}</p>
{{#BACK}}<p>Go back with your browser: what you typed is still there.</p>{{/BACK}}
<p><a href="/">Go to the first page</a></p>
{{<staff/foot}}
